import type { Texts } from '../../bridge/translate.ts';
import type { TextKey } from '../../bridge/catalogue.ts';
import { commands, type CommandId } from './commands.ts';

/** Where room is short. */
export const shortLabel = (id: CommandId): TextKey => commands[id].short ?? commands[id].label;

/** Pixels of a button beside its words, and of a letter. */
const button = 47;
const letter = 7.2;

/**
 * Which of a bar’s commands have their words beside their signs.
 *
 * @param choices the most wanted first; every one leaves the others their signs
 * @param available pixels for all of the first choice
 * @returns the first that has room, else the last
 */
export function withWords(
  choices: readonly [readonly CommandId[], ...(readonly CommandId[])[]],
  available: number,
  { t }: Texts,
): readonly CommandId[] {
  const [all] = choices;
  const wide = (ids: readonly CommandId[]) => ids.reduce((sum, id) => sum + t(shortLabel(id)).length * letter, all.length * button);
  return choices.find((ids) => wide(ids) <= available) ?? choices.at(-1) ?? [];
}
