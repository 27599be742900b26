import { LiveConnection } from '$lib/live/index.ts';
import { PayPulse } from './my-pulse.ts';

/** Asks while a page is open: when pay is told to have changed, else from time to time. */
export function watchPay(renderedAt: number, ask: () => Promise<void>): () => void {
  const onEnded = () => location.assign('/sign-in');
  const connection = new LiveConnection({ namespace: '/live', renderedAt, onEnded });
  const stop = connection.start();
  const quiet = new PayPulse(ask).follow(connection);
  return () => {
    quiet();
    stop();
  };
}
