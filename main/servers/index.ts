/**
 * Kinds of server software as data: `assets/servers/<id>/server.json` says where users come back after their sign-in, who makes
 * the certificate, what is done in the server, and which permissions it needs. A new one is its folder and its texts; nothing here
 * or above asks which software it is. Below this room are clouds, faults, files and texts.
 */
export { datedChanges, isTouched, type DatedChange } from './changes.ts';
export { mailWays, readsMail, scopableWay, type MailWay } from './mail.ts';
export { freePermissions, isFree, ownProfileId, parsePermission, permissionText } from './free-permissions.ts';
export { chosenProfile, readProfileFile } from './profile-file.ts';
export { profileReference } from './profile.ts';
export type { DescribedPermission, Profile, ProfilePermission, ProfileReference, Source } from './profile.ts';
export { ownProfileSchema, storedProfile } from './profile-schema.ts';
export { hasInstances, redirectRule } from './server.ts';
export type { GuideStep, RedirectRule, Server, ServerReference, SheetStep, SheetValue } from './server.ts';
export { defaultMove } from './server-schema.ts';
export {
  defaultServer,
  firstProfile,
  isUnconfirmed,
  knownServer,
  loadProfiles,
  loadServers,
  namedChecks,
  profileById,
  serverById,
  serverOfProfile,
} from './shipped.ts';
export type { Step } from './step.ts';
export { stepsWidth, stepText } from './step-text.ts';
