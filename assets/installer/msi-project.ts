/** The setup program's entry among the installed programs: `nsis.guid` of electron-builder.yml. */
export const setupGuid = '297101a0-c115-4c48-9025-96371466bdec';

const uninstallKey = `Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\${setupGuid}`;

/** AppSearch looks before anything is installed; of other users' own installations nobody can know. */
const conditions = `
    <Property Id="SETUPFORALL" Secure="yes">
      <RegistrySearch Id="SetupForAll" Root="HKLM" Key="${uninstallKey}" Name="UninstallString" Type="raw" Win64="yes"/>
    </Property>
    <Property Id="SETUPFORUSER" Secure="yes">
      <RegistrySearch Id="SetupForUser" Root="HKCU" Key="${uninstallKey}" Name="UninstallString" Type="raw" Win64="yes"/>
    </Property>
    <Condition Message="Tenant Keyring was installed by its setup program. Uninstall it there first (Settings, Apps); list, settings and keys stay."><![CDATA[Installed OR NOT (SETUPFORALL OR SETUPFORUSER)]]></Condition>
`;

/**
 * Completes the WiX project that electron-builder writes: the MSI refuses to install over the setup program, and the ids
 * of files are identifiers (WiX: A-Z, a-z, digits, underscores, periods), which names such as `tenant-keyring.cmd` are not.
 *
 * @throws Error when the project is not what electron-builder 26 writes
 */
export function completeMsiProject(project: string): string {
  const place = /^ *<MediaTemplate /m;
  if (!place.test(project))
    throw new Error('project.wxs has no MediaTemplate: electron-builder writes another project now, see assets/installer/msi-project.ts');
  return project
    .replace(place, (found) => `${conditions.slice(1)}\n${found}`)
    .replaceAll(
      /(<File [^>]*\bId=")([^"]*)(")/g,
      (_, before: string, id: string, after: string) => before + id.replaceAll(/[^\w.]/g, '_') + after,
    );
}
