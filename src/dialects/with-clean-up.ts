/** Does `work` and then, whatever came of it, `cleanUp`. Of two errors the first is thrown: the second often only follows from it. */
export async function withCleanUp<Result>(
  work: () => Promise<Result>,
  cleanUp: () => Promise<unknown>,
): Promise<Result> {
  let result: Result;
  try {
    result = await work();
  } catch (error) {
    await cleanUp().catch(() => undefined);
    throw error;
  }
  await cleanUp();
  return result;
}
