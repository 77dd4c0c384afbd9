import type { PlannedChange } from '../change.ts';

/** The same change planned again compares equal; what Microsoft or chance names, as keyIds, plays no part. */
export function signature({ change }: PlannedChange): string {
  switch (change.change) {
    case 'add-key-credential':
      return `${change.change} ${change.certificate.thumbprintSha256}`;
    case 'remove-key-credential':
      return `${change.change} ${change.keyId}`;
    case 'set-redirect-uris':
      return `${change.change} ${change.added}`;
    case 'grant-scopes':
      return `${change.change} ${change.grantId ?? ''} ${change.added.join(' ')}`;
    case 'create-service-principal':
      return change.change;
    default:
      return JSON.stringify(change);
  }
}

/** The same for the person who confirmed it: that a grant exists by now makes no other change of it. */
export function shownAs(planned: PlannedChange): string {
  const { change } = planned;
  return change.change === 'grant-scopes' ? `${change.change} ${change.added.join(' ')}` : signature(planned);
}
