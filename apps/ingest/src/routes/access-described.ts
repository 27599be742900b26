import {
  PostDemoSession,
  PostScreen,
  PostSession,
  PostSetup,
  ScreenMade,
  TicketAnswer,
  TicketQuery,
} from '@ovation/protocol';
import { Type } from 'typebox';

const GONE = { 204: Type.Null({ description: 'Done.' }) };
const sessions = { tags: ['sessions'] };
const screens = { tags: ['screens'] };

/** What the description says of signing in, of screens and of tickets. */
export const DESCRIBED = {
  signIn: {
    ...sessions,
    summary: 'Signs in with e-mail and password; the answer sets the session cookie.',
    security: [],
    body: PostSession,
  },
  signInToDemo: {
    ...sessions,
    summary: 'Signs in to a demonstration as owner, manager or rep.',
    security: [],
    body: PostDemoSession,
  },
  signOut: {
    ...sessions,
    summary: 'Signs out and ends the connections of this session.',
    security: [],
    response: GONE,
  },
  setUp: {
    ...sessions,
    summary: 'Creates the organisation and its owner, once, by the link shown at the first start.',
    security: [],
    'x-refusals': ['gone'],
    body: PostSetup,
  },
  viewer: { ...sessions, summary: 'Who is looking, by session or screen.' },
  ticket: {
    ...sessions,
    summary: 'A ticket for the sockets, for who is signed in; good for 60 seconds.',
    querystring: TicketQuery,
    response: { 200: TicketAnswer },
  },
  addTicket: {
    ...sessions,
    summary: 'A ticket for the sockets, for a key with boards:read; good for 60 seconds.',
    response: { 201: TicketAnswer },
  },
  screens: { ...screens, summary: 'All screens and when each was last seen.' },
  addScreen: {
    ...screens,
    summary: 'Adds a screen; its link is in this answer and nowhere else.',
    body: PostScreen,
    response: { 201: ScreenMade },
  },
  removeScreen: { ...screens, summary: 'Removes a screen and disconnects it.', response: GONE },
};

export const ADD_SCREEN = {
  examples: { wall: { summary: 'A wall', body: { name: 'Floor 2' } } },
};
