import { readFileSync } from 'node:fs';
import { execSync } from 'node:child_process';
import { openHouse } from './lib/house.mjs';
import { makeReps } from './parts/events.mjs';
import { openWalls, walls } from './parts/walls.mjs';
import { sleep } from './lib/figures.mjs';
const house = await openHouse();
const pid = +execSync(`pgrep -P ${process.pid} -f start.mjs`).toString().trim().split('\n')[0];
const cpu = () => { const f = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' '); return (+f[11] + +f[12]) * 10; };
const rules = (from, to) => ({ of: 'people', scoring: { metric: 'revenue' }, rules: { kind: 'highest' }, who: {}, from, to, graceHours: 24, ties: 'earliest', prizes: [{ id: 'first', for: { to: 'ranks', from: 1, until: 3 }, item: { kind: 'points', points: 100 } }] });
try {
  await makeReps(house, 1000);
  const load = { screens: 20, perSecond: +(process.argv[3]??200), seconds: 5, reps: 1000 };
  const measure = async (name) => { const c = cpu(), t = performance.now(); const r = await walls(house, load); const dt=performance.now()-t; console.log(name, 'cpu ms/s', Math.round((cpu() - c) / dt * 1000), 'p50', r.frameP50Ms, 'p99', r.frameP99Ms, 'per s', r.perSecond, 'ev p99', r.eventP99Ms); };
  await measure('calm');
  const N = +(process.argv[2] ?? 200);
  const now = Date.now(); const [from, to] = [now - 3 * 864e5, now + 3 * 864e5].map((a) => new Date(a).toISOString());
  const ids = [];
  for (let n = 0; n < N; n++) { const m = await house.call('POST', '/v1/contests', { name: 'L' + n, definition: rules(from, to) }); await house.call('POST', `/v1/contests/${m.id}/publish`, {}); ids.push(m.id); }
  for (;;) { const { contests } = await house.call('GET', '/v1/contests'); if (contests.every((c) => c.entrants !== null)) break; await sleep(500); }
  await measure('unwatched');
  let frames = 0; const per=new Map(), kinds={}; const lat=[];
  const close = await openWalls(house, N, ids.map((i) => `contest-${i}`), (f) => { frames++; per.set(f.b,(per.get(f.b)||0)+1); kinds[f.kind]=(kinds[f.kind]||0)+1; lat.push(Date.now()-f.at); });
  await sleep(2000);
  await measure('watched'); lat.sort((a,b)=>a-b);
  console.log(kinds, per.size, [...per.values()].sort((a,b)=>b-a).filter((_,i)=>i%20===0).join()); console.log('contest frames', frames, 'contest p50', lat[lat.length>>1], 'p99', lat[Math.floor(lat.length*.99)]);
  await measure('watched');
  close();
} finally { await house.close(); }
