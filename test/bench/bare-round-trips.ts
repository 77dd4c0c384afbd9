/** So many HTTP requests to the practice tenant that ask nothing of it (it refuses them for want of a token), so many at once. */
export async function bareRoundTrips(origin: string, count: number, atOnce: number): Promise<void> {
  let left = count;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      const response = await fetch(`${origin}/v1.0/organization`);
      await response.text();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
