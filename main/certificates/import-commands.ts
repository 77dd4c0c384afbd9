/** Commands that import a PFX on the server; each asks for the password itself, so it stands in no command line. */
export interface ImportCommands {
  /** Windows PowerShell, as administrator: into the store of the computer, where services find it. */
  readonly powershell: string;
  /** The same with certutil; the key cannot be exported from there again. */
  readonly certutil: string;
}

/** In PowerShell a quotation mark within single ones is doubled; it takes the typographic ones for the same (about_Quoting_Rules). */
const powershellQuoted = (text: string): string => `'${text.replaceAll(/['‘’‚‛]/g, '$&$&')}'`;

/** @param path of the PFX as the server will see it; Windows allows no double quotation mark in it */
export function importCommands(path: string): ImportCommands {
  return {
    powershell: `Import-PfxCertificate -FilePath ${powershellQuoted(path)} -CertStoreLocation Cert:\\LocalMachine\\My -Password (Read-Host -AsSecureString)`,
    certutil: `certutil -importpfx My "${path}" NoExport`,
  };
}
