namespace Shop.Tests;

/// <summary>Runs full collections, so that an object that is still alive afterwards is rooted.</summary>
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
