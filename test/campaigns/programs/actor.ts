import { openActor, type Actor } from '../actor.ts';
import type { ActorCommand } from '../actor-process.ts';
import { perform, type Outcome } from '../verbs.ts';

/** One actor in a process of its own: does what it is told, one verb after the other, at the place it was sent to. */
let actor: Actor | null = null;

async function obey(command: ActorCommand): Promise<Outcome> {
  if (command.order === 'go to') {
    await actor?.services.close();
    actor = await openActor(command.place, command.name);
    return { fault: null, bug: null };
  }
  if (command.order === 'leave') {
    await actor?.services.close();
    actor = null;
    return { fault: null, bug: null };
  }
  if (actor === null) throw new Error('sent nowhere yet');
  return perform(actor, command.verb, command.input);
}

process.on('message', (command: ActorCommand) => void obey(command).then((outcome) => process.send?.(outcome)));
process.once('disconnect', () => process.exit());
