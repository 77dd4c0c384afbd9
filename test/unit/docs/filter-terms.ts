/**
 * What is typed into the filter of the list differs by language: as a page in that language says it, and as the English one does.
 * Whether the window reads the two alike, test/unit/renderer/filter.test.ts looks.
 */
export const filterTerms: Readonly<Record<'fr' | 'de', readonly (readonly [local: string, english: string])[]>> = {
  fr: [
    ['expire:30j', 'expires:30d'],
    ['2s', '2w'],
    ['3m', '3m'],
    ['1a', '1y'],
    ['expire:2027-03', 'expires:2027-03'],
    ['expire:expiré', 'expires:expired'],
    ['état:intervention', 'state:attention'],
    ['inachevé', 'unfinished'],
    ['prouvé', 'proven'],
    ['état:confirmé', 'confirmed'],
    ['attente', 'waiting'],
    ['locataire:contoso', 'tenant:contoso'],
    ['client:"Alpine Ski"', 'customer:"Alpine Ski"'],
  ],
  de: [
    ['ablauf:30t', 'expires:30d'],
    ['2w', '2w'],
    ['3m', '3m'],
    ['1j', '1y'],
    ['ablauf:2027-03', 'expires:2027-03'],
    ['ablauf:abgelaufen', 'expires:expired'],
    ['status:aufmerksamkeit', 'state:attention'],
    ['unfertig', 'unfinished'],
    ['bewiesen', 'proven'],
    ['bestätigt', 'confirmed'],
    ['wartet', 'waiting'],
    ['mandant:contoso', 'tenant:contoso'],
    ['kunde:"Alpine Ski"', 'customer:"Alpine Ski"'],
  ],
};
