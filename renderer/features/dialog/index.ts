/** The dialog of a credential, as the server software has it: name, ids, server and certificate of a credential, and what is wrong with each field while one types. */
export { CredentialDialog } from './credential-dialog.tsx';
