export function DetailsPage(props: { readonly credential: string }) { return props.credential; }
