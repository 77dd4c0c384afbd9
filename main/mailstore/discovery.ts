import { z } from 'zod';
import { Fault } from '../faults.ts';
import { readAnswer, type Asked } from './envelope.ts';

/** Server or Service Provider Edition. */
export type ServerKind = 'server' | 'spe';

export interface ListedArgument {
  readonly name: string;
  /** In small letters: `string`, `number`, `bool`, `json`. */
  readonly type: string;
  readonly nullable: boolean;
}

/** Functions by name, the case exact, with their arguments. */
export type Listed = ReadonlyMap<string, readonly ListedArgument[]>;

const shape = z.array(
  z.looseObject({
    name: z.string(),
    args: z.array(z.looseObject({ name: z.string(), type: z.string(), nullable: z.boolean() })),
  }),
);

/** @throws Fault server.answer-unreadable */
export function listedFunctions(metadata: unknown, asked: Asked): Listed {
  return new Map(
    readAnswer(shape, metadata, asked).map(({ name, args }) => [
      name,
      args.map((arg) => ({ name: arg.name, type: arg.type.toLowerCase(), nullable: arg.nullable })),
    ]),
  );
}

/** Each product has one function that the other has not. @throws Fault server.kind-unclear */
export function kindOf(listed: Listed, { address }: Asked): ServerKind {
  const [server, spe] = [listed.has('GetServerInfo'), listed.has('GetEnvironmentInfo')];
  if (server === spe) throw new Fault('server.kind-unclear', { params: { address } });
  return server ? 'server' : 'spe';
}

/** An argument that is sent, and as what it has to be listed. */
export interface SentArgument {
  readonly value: string;
  readonly types: readonly string[];
}

/**
 * Refuses a call that this version does not offer as it is known here: function and arguments have to be listed, with the types that
 * are expected, and nothing else may be mandatory.
 *
 * @throws Fault server.function-missing, server.function-other
 */
export function requireListed(
  name: string,
  sent: Readonly<Record<string, SentArgument>>,
  listed: Listed,
  { address, version }: { readonly address: string; readonly version: string },
): void {
  const args = listed.get(name);
  const params = { address, version, function: name };
  if (args === undefined) throw new Fault('server.function-missing', { params });
  const wrong = Object.entries(sent).find(([argument, { types }]) => {
    const found = args.find((arg) => arg.name === argument);
    return found === undefined || !types.includes(found.type);
  });
  const missing = args.find((arg) => !arg.nullable && sent[arg.name] === undefined);
  const argument = wrong?.[0] ?? missing?.name;
  if (argument !== undefined) throw new Fault('server.function-other', { params: { ...params, argument } });
}
