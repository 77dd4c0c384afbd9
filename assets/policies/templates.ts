import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadProfiles } from '../../main/servers/index.ts';
import { createTexts, said, type Language } from '../../main/texts/index.ts';

/** Folders of Windows' languages, as `PolicyDefinitions` has them. */
const folders = { 'en-US': 'en', 'fr-FR': 'fr', 'de-DE': 'de' } as const satisfies Record<string, Language>;
const file = 'TenantKeyring';
/** Stands in the files here where the permission profiles come in. */
const place = /^ *<!-- profiles -->\n/m;

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const stringId = (profile: string) => `DefaultProfile_${profile.replaceAll('-', '_')}`;

const item = (profile: string) => `          <item displayName="$(string.${stringId(profile)})">
            <value>
              <string>${profile}</string>
            </value>
          </item>
`;

function filled(path: string, lines: readonly string[]): string {
  const text = readFileSync(join(import.meta.dirname, path), 'utf8');
  if (!place.test(text)) throw new Error(`${path}: no place for the profiles`);
  return text.replace(place, () => lines.join(''));
}

/** The administrative templates with the values of the permission profiles, by their paths. */
export function policyTemplates(): Readonly<Record<string, string>> {
  const profiles = loadProfiles().map(({ id }) => id);
  const texts = Object.entries(folders).map(([folder, language]) => {
    const spoken = createTexts(language);
    const line = (id: string) => `      <string id="${stringId(id)}">${escaped(said(`profile.${id}.name`, spoken))} (${id})</string>\n`;
    const path = `${folder}/${file}.adml`;
    return [path, filled(path, profiles.map(line))] as const;
  });
  return { [`${file}.admx`]: filled(`${file}.admx`, profiles.map(item)), ...Object.fromEntries(texts) };
}

/** Writes them into a folder. */
export function writePolicyTemplates(folder: string): void {
  for (const [path, text] of Object.entries(policyTemplates())) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}
