import { encode } from 'uqr';

/** Light squares around it, without which cameras do not find a code. */
const QUIET = 4;

/**
 * A QR code as one path on a grid of `size` units a side, the light border within it; a dark square
 * is one unit. Nothing leaves the browser.
 */
export function qrPath(text: string): { readonly size: number; readonly path: string } {
  const { size, data } = encode(text, { ecc: 'M', border: QUIET });
  const path = data
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return { size, path };
}
