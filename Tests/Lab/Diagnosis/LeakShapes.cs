namespace Shop.Tests.Lab.Diagnosis;

/// <summary>A small leak of each shape that a root or a holder can have, each with the trace that the diagnosis must give for it.</summary>
internal static partial class LeakShapes
{
    /// <summary>Bytes that a link of the chain retains: two references and an array of a hundred bytes, each with its header.</summary>
    public const int BytesOfLink = 32 + 128;

    /// <summary>What the diagnosis must say; <c>[n]</c> is the number of objects.</summary>
    public static IReadOnlyList<string> Traces { get; } =
    [
        "static DictionaryOfLists._entries → [n] List<Item> → Item.Data",
        "static Publisher.Shared → Publisher.Changed → [n] EventHandler (Publisher.Subscriber.OnChanged) → Publisher.Subscriber.Data",
        "static Registrations._stop → CancellationTokenSource → [n] cancellation registration (lambda in Registrations.Add) "
            + "→ Registrations.closure.item → Item.Data",
        "static Registrations._stop → CancellationTokenSource → [n] cancellation registration (Registrations.Waiter.Stop) "
            + "→ Registrations.Waiter.Data",
        "static Waits._never → TaskCompletionSource → [n] async Waits.WaitAsync.data",
        "static Closures._actions → [n] Action (lambda in Closures.Add) → Closures.closure.item → Item.Data",
        "static GenericCache<String>._items → [n] Item.Data",
        "static GenericCache<Int32>._items → [n] Item.Data",
        "static LinkedItems._head → [n] LinkedItems.Data",
        "static TimerQueue.Instances → [n] timer (Timers.Ticking.OnTick) → Timers.Ticking.Data",
        "static TimerQueue.Instances → [n] timer (Task.DelayPromise) → async lambda in Timers.Add",
        "static Numbers._items → [n] Guid[]",
        "static Semaphored._none → SemaphoreSlim → [n] SemaphoreSlim.TaskNode → async Semaphored.WaitAsync.data",
        "static OfEachThread._items → [n] Item.Data",
        "static Attached._keys → [n] Object → Item.Data",
        "thread static OfThread._items → [n] Item.Data",
        "handle (Strong) → [n] OfHandle.Data",
        "static Queued._items → [n] Item.Data",
        "singleton Registry._items → [n] Item.Data",
        "interned strings → [n] String",
        "static Tables._table → … → [n] String",
    ];

    /// <summary>Adds to each.</summary>
    public static void Add()
    {
        DictionaryOfLists.Add();
        Publisher.Subscribe();
        Registrations.Add();
        _ = Waits.WaitAsync();
        Closures.Add();
        GenericCache<string>.Add();
        GenericCache<int>.Add();
        LinkedItems.Add();
        Attached.Add();
        Timers.Add();
        Numbers.Add();
        _ = Semaphored.WaitAsync();
        OfEachThread.Add();
        OfThread.Add();
        OfHandle.Add();
        Queued.Add();
        Registry.Shared.Add();
        string.Intern($"{Guid.NewGuid()}");
        Tables.Add();
    }
}
