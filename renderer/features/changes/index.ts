/** Dated changes at Microsoft that touch credentials of the list: a notice for each over the list, and those of one credential. */
export { ChangeNotices } from './change-notices.tsx';
export { ChangesOfCredential } from './changes-of-credential.tsx';
