export function ActivityPage(props: { readonly credential: string | null }) { return props.credential; }
