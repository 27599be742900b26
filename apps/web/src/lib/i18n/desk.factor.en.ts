import type { Catalogue } from './catalogue.ts';

/** Somebody's own second factor, and where a code of it is asked for. */
export const factorEn = {
  accountText: 'How you prove that it is you.',
  accountFailed: 'Your sign-in did not load.',
  factorTitle: 'Two-step verification',
  factorOn: 'On',
  factorOff: 'Off',
  factorWhat:
    'An app on your phone shows a code that changes every 30 seconds. From a limit on, approving ' +
    'and paying out ask for it.',
  factorSince: 'On since {at}.',
  factorLeft: { one: '{n} recovery code is left.', other: '{n} recovery codes are left.' },
  factorSetUp: 'Set up two-step verification',
  factorPassword: 'Give your password once more.',
  factorGoOn: 'Go on',
  factorScan: 'Scan this with your authenticator app.',
  factorQr: 'QR code for the authenticator app',
  factorType: 'Or type this key into the app:',
  factorConfirm: 'Turn it on',
  factorCode: 'Code',
  factorCodeHelp: 'The six digits of your authenticator app, or a recovery code.',
  factorCodeHelpFirst: 'The six digits that the app shows now.',
  factorCodeShort: 'A code has six digits.',
  factorRecoveryTitle: 'Keep your recovery codes',
  factorRecoveryText:
    'They are shown this once. Each stands in for the app one time, should you lose your phone.',
  factorRecoveryKept: 'I have kept them',
  factorRemove: 'Remove two-step verification',
  factorRemoveText: 'Above the limit you then approve and pay out nothing. It needs a code.',
  factorRemoved: 'Two-step verification is off.',
  factorAsk: 'A code is needed',
  factorAskText: 'The sum is above the limit. A code is good for five minutes.',
  factorGive: 'Go on',
  factorOthers: 'Those who approve pay',
  factorOthersText:
    'Whoever lost the phone and the recovery codes gets a new start from you. First make sure, ' +
    'in person or by a call, that it is them.',
  factorOthersFailed: 'The accounts did not load.',
  factorYou: 'you',
  factorReset: 'Reset',
  factorResetOf: 'Reset the two-step verification of {name}',
  factorResetText:
    'Their codes open nothing any more, also in sessions that are open. They can then set it up ' +
    'anew. The audit trail says that it was you.',
  factorResetDone: 'The two-step verification of {name} is off.',
  factorAskReset: 'Give a code of your own. A code is good for five minutes.',
  factorMissing: 'Two-step verification is needed',
  factorMissingText: 'The sum is above the limit, and you have not set it up yet.',
} as const satisfies Catalogue;
