export { CredentialDialog } from './credential-dialog.tsx';
