import type { Protocol } from 'electron';

type Answer = Parameters<Protocol['handle']>[1];

const answers = new Map<string, Answer>();
const declared = new Set<string>();

/** Schemes of the application. */
export const protocol = {
  registerSchemesAsPrivileged: (schemes) => {
    for (const { scheme, privileges } of schemes)
      if (privileges?.standard === true && privileges.secure === true) declared.add(`${scheme}:`);
  },
  handle: (scheme, answer) => void answers.set(`${scheme}:`, answer),
} satisfies Pick<Protocol, 'registerSchemesAsPrivileged' | 'handle'>;

/** What the scheme's handler answers to an address of its own. @throws Error when nothing serves it as a secure origin */
export async function answerOf(url: string, method: string): Promise<Response> {
  const scheme = new URL(url).protocol;
  const answer = answers.get(scheme);
  if (answer === undefined || !declared.has(scheme)) throw new Error(`nothing serves ${url} as a secure origin`);
  return answer(new Request(url, { method }));
}
