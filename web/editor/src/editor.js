// The editor of the page.
export function create() {}
