// `node tools/verify-draw.mjs …`: checks a draw with nothing but Node. See docs/contests.md.
import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const USAGE = `node tools/verify-draw.mjs [--commitment HEX] [--key KEY] <file | address | -> …

Reads the JSON of a contest and of its standing (one or several files, addresses, or - for the
standard input) and says whether
  the seed is the one that was promised (its SHA-256 is the commitment),
  the digest is that of the tickets,
  seed and tickets give the winners, in their order; and spins their factors.
--key is sent to addresses as a bearer token. Ends with 1 when something does not hold.`;

const sha256 = (text) => createHash('sha256').update(text, 'utf8').digest('hex');

/** SHA-256 of one line for each entrant: its id, a space, its number of tickets, a newline. */
export const digestOf = (tickets) =>
  sha256(tickets.map(([entrant, count]) => `${entrant} ${count}\n`).join(''));

/**
 * Numbers below a bound: HMAC-SHA256 with the seed as the key and `text counter` as the message,
 * counted from 0; the uneven rest at the top of the 256 bits is passed over.
 */
function numbersFrom(seed, text) {
  let counter = 0;
  return (below) => {
    const space = 2n ** 256n;
    const usable = space - (space % BigInt(below));
    for (;;) {
      const mac = createHmac('sha256', seed).update(`${text} ${counter}`, 'utf8').digest('hex');
      counter += 1;
      const number = BigInt(`0x${mac}`);
      if (number < usable) return Number(number % BigInt(below));
    }
  };
}

/** The tickets that are drawn, written in the plainest way: all tickets in a row, one taken out. */
export function drawnFrom(seed, tickets, winners) {
  const owners = tickets.flatMap(([entrant, count]) => Array(count).fill(entrant));
  const left = owners.map((_, ticket) => ticket);
  const number = numbersFrom(seed, digestOf(tickets));
  const drawn = [];
  for (let place = 0; place < Math.min(winners, owners.length); place += 1) {
    const pick = place + number(owners.length - place);
    [left[place], left[pick]] = [left[pick], left[place]];
    drawn.push([left[place], owners[left[place]]]);
  }
  return drawn;
}

/** The factor that an event spins. */
export function factorOf(seed, event, faces) {
  const total = faces.reduce((sum, face) => sum + face.weight, 0);
  let left = numbersFrom(seed, `spin ${event}`)(total);
  for (const face of faces) {
    if (left < face.weight) return face.factor;
    left -= face.weight;
  }
  throw new Error('weights are whole numbers above zero');
}

/** The first value of a name in a document, however deep. */
function find(document, name) {
  if (document === null || typeof document !== 'object') return undefined;
  if (document[name] !== undefined && document[name] !== null) return document[name];
  for (const inner of Object.values(document)) {
    const found = find(inner, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Lines of what was checked, each with whether it holds. */
export function check(documents, promised) {
  const of = (name) => find(documents, name);
  const draw = of('draw');
  const seed = draw?.seed ?? of('seed');
  const commitment = promised ?? of('commitment');
  const spins = of('spins') ?? [];
  const faces = of('faces');
  if (seed === undefined) return [[false, 'There is no seed in it: nothing was drawn yet.']];
  const lines = [
    commitment === undefined
      ? [false, 'There is no commitment in it: give the contest too, or --commitment.']
      : [sha256(seed) === commitment, 'the seed is the one that was promised'],
  ];
  if (draw !== undefined) {
    lines.push([digestOf(draw.tickets) === draw.digest, 'the digest is that of the tickets']);
    const again = drawnFrom(seed, draw.tickets, draw.drawn.length);
    const same = JSON.stringify(again) === JSON.stringify(draw.drawn);
    lines.push([same, `seed and tickets give these ${draw.drawn.length} in this order`]);
  }
  if (spins.length > 0 && faces !== undefined) {
    const same = spins.every(([event, factor]) => factorOf(seed, event, faces) === factor);
    lines.push([same, `the seed gives these ${spins.length} spins`]);
  }
  return lines;
}

async function read(source, key) {
  if (source === '-') return JSON.parse(readFileSync(0, 'utf8'));
  if (!/^https?:/.test(source)) return JSON.parse(readFileSync(source, 'utf8'));
  const headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
  const answer = await fetch(source, { headers });
  if (!answer.ok) throw new Error(`${source} answered ${answer.status}`);
  return answer.json();
}

async function main(argv) {
  const options = {};
  const sources = [];
  for (let index = 0; index < argv.length; index += 1) {
    const option = /^--(commitment|key)$/.exec(argv[index])?.[1];
    if (option === undefined) sources.push(argv[index]);
    else options[option] = argv[(index += 1)];
  }
  if (sources.length === 0 || sources.includes('--help')) {
    process.stderr.write(`${USAGE}\n`);
    return 1;
  }
  const documents = await Promise.all(sources.map((source) => read(source, options.key)));
  const lines = check(documents, options.commitment);
  for (const [holds, text] of lines) process.stdout.write(`${holds ? 'yes' : 'NO '}  ${text}\n`);
  return lines.every(([holds]) => holds) ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main(process.argv.slice(2)).then(
    (code) => {
      process.exitCode = code;
    },
    (error) => {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = 1;
    },
  );
}
