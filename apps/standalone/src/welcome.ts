/** What a started house says; addresses first, they are what people came for. */
export type Situation =
  | {
      readonly kind: 'demo';
      readonly key: string;
      readonly password: string;
      readonly accounts: readonly { role: string; email: string }[];
    }
  | { readonly kind: 'running'; readonly key: string | null }
  | { readonly kind: 'bootstrapped'; readonly setupUrl: string | null }
  | { readonly kind: 'empty'; readonly setupUrl: string };

export function welcome(url: string, situation: Situation): string {
  const lines = ['', '  Ovation is live', ''];
  const line = (label: string, value: string) => lines.push(`  ${label.padEnd(10)} ${value}`);
  if (situation.kind === 'empty') {
    line('Begin', situation.setupUrl);
    lines.push('', '  The link works once: it creates the organisation and its owner.');
    return `${lines.join('\n')}\n\n`;
  }
  line('Wall', `${url}/tv`);
  line('Persian', `${url}/tv?lang=fa`);
  line('Rep', `${url}/me`);
  line('Manager', `${url}/manage`);
  line('API', `${url}/docs`);
  if (situation.kind === 'demo') {
    lines.push('');
    for (const { role, email } of situation.accounts) line(role, `${email}`);
    line('password', situation.password);
    line('API key', situation.key);
    lines.push('', '  Or sign in with one click on the sign-in page: this is a demonstration.');
  } else if (situation.kind === 'running' && situation.key !== null) {
    lines.push('', '  The first API key is in the data folder, file api-key.');
  }
  return `${lines.join('\n')}\n\n`;
}
