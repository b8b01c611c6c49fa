const timeoutMilliseconds = 3000;

/** Whether a GET of the address is answered with a status under 400 within three seconds. */
export async function answers(url: string): Promise<boolean> {
  return ((await statusOf(url)) ?? 599) < 400;
}

/** Whether anything at all speaks HTTP there, whatever it says. */
export async function isReachable(url: string): Promise<boolean> {
  return (await statusOf(url)) !== undefined;
}

async function statusOf(url: string): Promise<number | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMilliseconds) });
    await response.body?.cancel();
    return response.status;
  } catch {
    return undefined;
  }
}
