import { z } from 'zod';
import { certificateView, fileName, id, importedCertificate, keyInFile, pemFile, typed } from './views.ts';

/** Certificates and keys from and to files. Main keeps what was read; the window gets facts and a name for it, never a key. */
export const certificateFileRequests = {
  /** Opens a file dialog; main keeps the certificate and gives a name for it. Null when nothing was chosen. */
  'certificate:choose': { in: z.null(), out: z.strictObject({ certificate: id, facts: certificateView }).nullable() },
  /**
   * A file that was dropped on the window: its name and its contents in base64, of which the first 262,145 bytes are enough
   * (more than 262,144 is too large). Validated and kept like a chosen one.
   */
  'certificate:read': {
    in: z.strictObject({ name: fileName, content: z.base64().max(349_528) }),
    out: z.strictObject({ certificate: id, facts: certificateView }),
  },
  /** Opens a file dialog for the certificate that was signed for a request of this credential; kept like a created one, with the certificates of its chain. */
  'certificate:choose-signed': { in: z.strictObject({ id }), out: importedCertificate.nullable() },
  /** Opens a file dialog for a PFX that was made elsewhere; its password is typed before it is read. */
  'pfx:choose': { in: z.null(), out: z.strictObject({ file: id, name: z.string() }).nullable() },
  /** For this credential, or for one that is still to be made. Kept like a created certificate; where the file holds several keys, their names come first. */
  'pfx:read': {
    in: z.strictObject({
      file: id,
      password: z.string().max(1024),
      credential: id.nullable(),
      /** Thumbprint of the certificate of one of several keys; null until there is a choice. */
      key: z.string().max(64).nullable(),
    }),
    out: z.union([importedCertificate, z.strictObject({ keys: z.array(keyInFile).min(2) })]),
  },
  /** Ends the reading of a PFX that is under way. */
  'pfx:cancel': { in: z.null(), out: z.null() },
  /**
   * Opens a file dialog for a certificate in PEM whose private key is in the same file or in one of its own. Kept like a
   * created certificate; where the file of the key or its password is needed, a name for the file comes first.
   */
  'pem:choose': { in: z.strictObject({ credential: id.nullable() }), out: z.union([importedCertificate, pemFile]).nullable() },
  /** Opens a file dialog for the key of that certificate. */
  'pem:choose-key': {
    in: z.strictObject({ file: id, credential: id.nullable() }),
    out: z.union([importedCertificate, pemFile]).nullable(),
  },
  /** With the password of the key. */
  'pem:read': { in: z.strictObject({ file: id, password: z.string().max(1024), credential: id.nullable() }), out: importedCertificate },
  /** Makes key and certificate; main keeps both and gives a name for them. */
  'certificate:create': { in: z.strictObject({ commonName: typed }), out: z.strictObject({ certificate: id, facts: certificateView }) },
  /**
   * Opens a save dialog. Null when nothing was chosen. Without a password a key in PEM is written as it is. The id is a credential's, or a chosen or created certificate's. With
   * the commands that import a PFX on Windows, and a name for the password where main made it.
   */
  'certificate:export': {
    in: z.strictObject({
      id,
      format: z.enum(['cer', 'pem', 'pfx']),
      /** For `pem`: with the private key, inside the same file or apart in one for which a second dialog asks. */
      key: z.enum(['inside', 'apart']).optional(),
      password: z.union([z.strictObject({ typed: z.string().max(1024) }), z.literal('generated')]).nullable(),
      encryption: z.enum(['modern', 'compatible']),
    }),
    out: z
      .strictObject({
        path: z.string(),
        keyPath: z.string().optional(),
        importCommands: z.strictObject({ powershell: z.string(), certutil: z.string() }).nullable(),
        generatedPassword: id.nullable(),
      })
      .nullable(),
  },
  /** Opens a save dialog for a certification request (PKCS#10) for the key of this credential. */
  'request:export': { in: z.strictObject({ id }), out: z.strictObject({ path: z.string() }).nullable() },
  /** Puts a generated password on the clipboard, which is cleared of it after so many seconds. */
  'generated-password:copy': { in: z.strictObject({ password: id }), out: z.strictObject({ seconds: z.int() }) },
  /** Shows it in a dialog of the system: it does not come into the page. */
  'generated-password:show': { in: z.strictObject({ password: id }), out: z.null() },
  /** The dialog of the export was left. Nothing is to do where it is forgotten already. */
  'generated-password:forget': { in: z.strictObject({ password: id }), out: z.null() },
} as const;
