/** Template id of a role that the practice tenants defined themselves; no program can know what it allows. */
export const customRole = '5a9c2f1e-6d3b-4c58-9a47-0b7f3e2d1c60';

/** `wids` names this one for every member of a directory (Microsoft identity platform, "Access token claims reference"). */
export const memberOfDirectory = 'b79fbf4d-3ef9-4689-8143-76b194e85509';

/** `wids` of an app-only token, as the service writes it. */
export const applicationPrincipal = '0997a1d0-0d1d-4acb-b408-d5ca73121e90';
