export interface CredentialDialogProps {
  /** Id of the credential to edit; null creates one. */
  readonly credential: string | null;
  /** `select`: the row the list is to select and focus, e.g. the one that was just created. */
  readonly onClose: (select: string | null) => void;
}

export function CredentialDialog(props: CredentialDialogProps) {
  return props.credential;
}
