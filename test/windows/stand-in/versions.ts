import manifest from '../../../package.json' with { type: 'json' };

/** Of the setup programs: that of package.json, and a later one, which a comparison by letters would take for an earlier. */
export const versions = [manifest.version, '0.10.0'] as const;
