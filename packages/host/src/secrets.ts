import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

const ID_ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** A random id with its kind in front: `per_4k…`. 80 bits. */
export function newId(prefix: string): string {
  const text = [...randomBytes(16)].map((byte) => ID_ALPHABET[byte % 32]).join('');
  return `${prefix}_${text}`;
}

/** A bearer secret of 192 bits; only its hash is stored. */
export const newToken = (prefix: string): string =>
  `${prefix}_${randomBytes(24).toString('base64url')}`;

/** How secrets are stored: they are random, so a fast hash is enough. */
export const hashToken = (token: string): string =>
  createHash('sha256').update(token).digest('base64url');

/** Who may connect to a gateway, until when. A gateway opens no database: it trusts the seal. */
export interface Ticket {
  readonly org: string;
  readonly role: 'owner' | 'manager' | 'rep' | 'screen' | 'machine';
  /** The session or screen; ending it ends its connections. */
  readonly subject: string;
  readonly person: string | null;
  /** The screen, where it is one. */
  readonly screen?: string;
  readonly expiresAt: number;
}

export function sealTicket(secret: string, ticket: Ticket): string {
  const body = Buffer.from(JSON.stringify(ticket)).toString('base64url');
  return `${body}.${sign(secret, body)}`;
}

/** The ticket, if the seal is ours and it has not expired. */
export function openTicket(secret: string, sealed: string, now: number): Ticket | undefined {
  const [body, seal, ...more] = sealed.split('.');
  if (!body || !seal || more.length > 0) return undefined;
  const expected = Buffer.from(sign(secret, body));
  const given = Buffer.from(seal);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined;
  const ticket = JSON.parse(Buffer.from(body, 'base64url').toString()) as Ticket;
  return ticket.expiresAt > now ? ticket : undefined;
}

const sign = (secret: string, body: string): string =>
  createHmac('sha256', secret).update(body).digest('base64url');

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A key of its own for each purpose, so that what is sealed for one opens for no other. */
const keyFor = (secret: string, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));

/**
 * Seals a text for keeping with the server's key. `purpose` is what it is and whose (`second
 * factor/org_1/usr_1`): only who names the same opens it.
 */
export function sealText(secret: string, purpose: string, text: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyFor(secret, purpose), nonce);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url');
}

/** The text that was sealed; `undefined` where the key or the purpose is another. */
export function openText(secret: string, purpose: string, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, keyFor(secret, purpose), nonce, {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const body = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
    return Buffer.concat([body, decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

/** A code of 80 bits that somebody writes down: `4k9d-…`, four groups of four. */
export function newRecoveryCode(): string {
  const text = [...randomBytes(16)].map((byte) => ID_ALPHABET[byte % 32]).join('');
  return text.match(/.{4}/g)!.join('-');
}
