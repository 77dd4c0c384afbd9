/** MailStore’s own dialog: name, ids, server and certificate of a credential, and what is wrong with each field while one types. */
export { CredentialDialog } from './credential-dialog.tsx';
