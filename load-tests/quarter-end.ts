import { check } from 'k6';
import http from 'k6/http';
import type { Options } from 'k6/options';
import { THRESHOLDS } from './thresholds.js';

/** The last hour of a quarter: single events at a constant rate, whatever the answers take. */

const URL = __ENV['OVATION_URL'] ?? 'http://127.0.0.1:3000';
const KEY = __ENV['OVATION_KEY'] ?? '';
const RATE = Number(__ENV['RATE'] ?? '200');
const DURATION = __ENV['DURATION'] ?? '1m';

export const options: Options = {
  scenarios: {
    quarterEnd: {
      executor: 'constant-arrival-rate',
      rate: RATE,
      timeUnit: '1s',
      duration: DURATION,
      preAllocatedVUs: 64,
      maxVUs: 512,
    },
  },
  thresholds: {
    http_req_failed: [`rate<${THRESHOLDS.failedMax}`],
    http_req_duration: [`p(99)<${THRESHOLDS.frameP99Ms}`],
    dropped_iterations: ['count==0'],
  },
};

const run = `${Date.now().toString(36)}`;

export default function (): void {
  const event = {
    id: `load-${run}-${__VU}-${__ITER}`,
    type: 'deal.won',
    amount: {
      amount: (100 + Math.floor(Math.random() * 900_000) / 100).toFixed(2),
      currency: 'USD',
    },
    person: `Load Rep ${__VU % 20}`,
  };
  const answer = http.post(`${URL}/v1/events`, JSON.stringify(event), {
    headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
  });
  check(answer, { 'stored as new': ({ status }) => status === 201 });
}
