import type { World } from '../world.ts';

/**
 * A new object is known to the replica that wrote it at once and to the others after the replication delay
 * (Microsoft Entra, "Eventual consistency"; Microsoft Graph, "Best practices", on retries after creation).
 * Until then every read of it and every use of it as a reference answers as if it did not exist.
 */
export function isReplicated(world: World, id: string): boolean {
  return (world.state.replicatedAt[id] ?? 0) <= world.now().getTime();
}

/** Call after an object was created. */
export function replicate(world: World, id: string): void {
  if (world.knobs.replication > 0) world.state.replicatedAt[id] = world.now().getTime() + world.knobs.replication;
}

/** A new app role assignment reaches tokens after the delay. */
export function replicateRole(world: World, assignmentId: string): void {
  if (world.knobs.replication > 0) world.state.inTokensAt[assignmentId] = world.now().getTime() + world.knobs.replication;
}

/** A new key credential is accepted at the token endpoint after the delay. */
export function replicateKey(world: World, keyId: string): void {
  replicateRole(world, keyInTokens(keyId));
}

/** Key of `PracticeState.inTokensAt` for a key credential. */
export function keyInTokens(keyId: string): string {
  return `key:${keyId}`;
}
