/** By which a registration is known wherever else somebody names it: application and tenant, whatever the case of their ids. */
export const registrationKey = ({ clientId, tenantId }: { readonly clientId: string | null; readonly tenantId: string }): string =>
  `${clientId?.toLowerCase() ?? ''} ${tenantId.toLowerCase()}`;
