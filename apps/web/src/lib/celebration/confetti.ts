/** A win's confetti is drawn from its id, so that every wall of a floor throws the same. */

export const WIDTH = 1778;
export const HEIGHT = 1000;
/** Confetti falls this long, then rests. */
export const FALL_MS = 4_000;
const COUNT = 150;
const TRIES_PER_PIECE = 12;
const SLAB_TOP = 720;
const SLAB_BOTTOM = 565;
/** Pieces fade out within this distance of what must stay readable. */
const FADE = 36;
const ON_SLAB = ['#0a0d14', '#f5f7fc', '#d55e00', '#0072b2'];
const ON_GROUND = ['#c8ff3e', '#f5f7fc', '#56b4e9', '#cc79a7', '#e69f00', '#ffd257'];
const SHAPES = ['sheet', 'sheet', 'sheet', 'ribbon', 'dot'] as const;

/** A box, or with `round` the ellipse in it, that stays free: text and face. */
export interface KeepOut {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly round: boolean;
}

export interface Piece {
  readonly shape: (typeof SHAPES)[number];
  readonly colour: string;
  /** Where it comes to rest. */
  readonly x: number;
  readonly y: number;
  readonly drop: number;
  readonly drift: number;
  readonly angle: number;
  readonly spin: number;
  readonly lean: number;
  readonly size: number;
  readonly delayMs: number;
}

/** Mulberry32 over a hash of the text: enough chance for paper. */
export function chanceFrom(seed: string): () => number {
  let state = 2166136261;
  for (const char of seed) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 16777619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Distance to the nearest thing that must stay readable; 0 inside it. */
export function clearance(x: number, y: number, keepOuts: readonly KeepOut[]): number {
  return Math.min(Infinity, ...keepOuts.map((one) => distance(x, y, one)));
}

function distance(x: number, y: number, box: KeepOut): number {
  if (box.round) {
    const radius = box.width / 2;
    return Math.max(0, Math.hypot(x - box.x - radius, y - box.y - box.height / 2) - radius);
  }
  const dx = Math.max(box.x - x, 0, x - box.x - box.width);
  const dy = Math.max(box.y - y, 0, y - box.y - box.height);
  return Math.hypot(dx, dy);
}

const onSlab = (x: number, y: number): boolean =>
  x < SLAB_TOP + ((SLAB_BOTTOM - SLAB_TOP) * y) / HEIGHT;

/** The edges get most of it; the quiet middle beside the words gets little. */
function likely(x: number, y: number): number {
  if (onSlab(x, y)) return 1;
  return Math.min(y, HEIGHT - y, WIDTH - x) < 150 ? 0.8 : 0.2;
}

export function confetti(seed: string, keepOuts: readonly KeepOut[]): Piece[] {
  const chance = chanceFrom(seed);
  const pieces: Piece[] = [];
  for (let tries = 0; tries < COUNT * TRIES_PER_PIECE && pieces.length < COUNT; tries += 1) {
    const [x, y] = [chance() * WIDTH, chance() * HEIGHT];
    const size = 0.6 + chance() ** 3 * 1.8;
    const taken = clearance(x, y, keepOuts) < FADE + size * 14;
    if (taken || chance() > likely(x, y)) continue;
    pieces.push(pieceAt(x, y, size, chance));
  }
  return pieces;
}

const pick = <T>(from: readonly T[], chance: () => number): T =>
  from[Math.floor(chance() * from.length)] as T;

function pieceAt(x: number, y: number, size: number, chance: () => number): Piece {
  return {
    shape: pick(SHAPES, chance),
    colour: pick(onSlab(x, y) ? ON_SLAB : ON_GROUND, chance),
    x,
    y,
    size,
    drop: y + 60 + chance() * 500,
    drift: (chance() - 0.5) * 240,
    angle: chance() * Math.PI * 2,
    spin: (chance() - 0.5) * 14,
    lean: (chance() - 0.5) * 1,
    delayMs: chance() * 900,
  };
}

type Canvas = Pick<
  CanvasRenderingContext2D,
  | 'clearRect'
  | 'setTransform'
  | 'globalAlpha'
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'beginPath'
  | 'fillRect'
  | 'arc'
  | 'fill'
  | 'moveTo'
  | 'bezierCurveTo'
  | 'stroke'
>;

/** One frame, `ms` after the start; `scale` is pixels per unit of the stage. */
export function drawConfetti(
  canvas: Canvas,
  pieces: readonly Piece[],
  keepOuts: readonly KeepOut[],
  ms: number,
  scale: number,
): void {
  canvas.setTransform(scale, 0, 0, scale, 0, 0);
  canvas.clearRect(0, 0, WIDTH, HEIGHT);
  for (const piece of pieces) {
    const share = Math.min(1, Math.max(0, (ms - piece.delayMs) / (FALL_MS - piece.delayMs)));
    const left = (1 - share) ** 2.4;
    const x = piece.x + piece.drift * left;
    const y = piece.y - piece.drop * left;
    const free = Math.min(1, clearance(x, y, keepOuts) / FADE - piece.size * 0.3);
    if (share === 0 || free <= 0) continue;
    const angle = piece.angle + piece.spin * left;
    const flip = Math.cos(left * piece.spin * 2.2);
    const [cos, sin] = [Math.cos(angle) * scale * piece.size, Math.sin(angle) * scale * piece.size];
    const [cx, cy] = [-sin + cos * piece.lean, cos + sin * piece.lean];
    canvas.globalAlpha = free;
    canvas.setTransform(cos, sin, cx * flip, cy * flip, x * scale, y * scale);
    drawPiece(canvas, piece);
  }
  canvas.globalAlpha = 1;
}

function drawPiece(canvas: Canvas, { shape, colour }: Piece): void {
  canvas.beginPath();
  if (shape === 'ribbon') {
    canvas.strokeStyle = colour;
    canvas.lineWidth = 6;
    canvas.moveTo(-24, 0);
    canvas.bezierCurveTo(-16, -14, -8, -14, 0, 0);
    canvas.bezierCurveTo(8, 14, 16, 14, 24, 0);
    canvas.stroke();
    return;
  }
  canvas.fillStyle = colour;
  if (shape === 'sheet') canvas.fillRect(-11, -6, 22, 12);
  else {
    canvas.arc(0, 0, 7, 0, Math.PI * 2);
    canvas.fill();
  }
}
