const comment = /(?:^|\s)#.*$/;

/** A scalar as electron-builder's YAML has it: quoted, or plain where nothing in it means anything. Null for everything else. */
function scalar(text: string): string | null {
  const single = /^'((?:[^']|'')*)'(?:\s+#.*)?$/.exec(text)?.[1];
  if (single !== undefined) return single.replaceAll("''", "'");
  const double = /^"([^"\\]*)"(?:\s+#.*)?$/.exec(text)?.[1];
  if (double !== undefined) return double;
  const plain = text.replace(comment, '').trim();
  return /^(?:~|null|true|false)?$/i.test(plain) || /^[[\]{}&*!|>%@`#'"?-]/.test(plain) ? null : plain;
}

/**
 * Who has to have signed an update, by the installer's app-update.yml. electron-updater checks no signature where nobody is
 * named, and takes every one that is valid where the name is empty.
 *
 * @returns names; none where one of them is empty, null or in a form that electron-builder does not write
 */
export function publishersIn(yaml: string): readonly string[] {
  const lines = yaml.split(/\r?\n/);
  const at = lines.findIndex((line) => /^publisherName:(?:\s|$)/.test(line));
  if (at < 0) return [];
  const beside = lines[at]?.slice('publisherName:'.length).trim() ?? '';
  const below = lines.slice(at + 1);
  const end = below.findIndex((line) => !/^\s*-(?:\s|$)/.test(line));
  const entries = below.slice(0, end < 0 ? undefined : end).map((line) => line.trim().slice(1).trim());
  const names = (beside.replace(comment, '') === '' ? entries : [beside]).map((text) => scalar(text)?.trim() ?? '');
  return names.includes('') ? [] : names;
}
