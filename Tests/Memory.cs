namespace Shop.Tests;

/// <summary>Full collections, so that what is still alive is held by somebody.</summary>
internal static class Memory
{
    public static void Collect()
    {
        for (var pass = 0; pass < 2; pass++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
    }
}
