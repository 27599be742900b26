/** How a request's state is called, and how its chip looks. */
export const CORRECTION_STATES = {
  waiting: { key: 'stateWaiting', chip: 'behind' },
  approved: { key: 'stateApproved', chip: 'line' },
  declined: { key: 'stateDeclined', chip: 'bad' },
  withdrawn: { key: 'stateWithdrawn', chip: 'off' },
} as const;
