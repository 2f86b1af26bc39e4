using System.Collections.Concurrent;
using System.Data;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.Tests.Lab.Diagnosis;

/// <summary>The shapes themselves.</summary>
internal static partial class LeakShapes
{
    internal class Item
    {
        public byte[] Data { get; } = new byte[100];
    }

    // A table grows in several places of its own, by rows and by what is in them: one leak.
    private static class Tables
    {
        private static readonly DataTable _table = new() { Columns = { { "id", typeof(string) } } };

        public static void Add() => _table.Rows.Add($"{Guid.NewGuid()}");
    }

    private static class DictionaryOfLists
    {
        private static readonly ConcurrentDictionary<Guid, List<Item>> _entries = new();

        public static void Add() => _entries.GetOrAdd(Guid.NewGuid(), _ => []).AddRange([new(), new()]);
    }

    private sealed class Publisher
    {
        private static readonly Publisher Shared = new();

        private event EventHandler? Changed;

        public static void Subscribe() => Shared.Changed += new Subscriber().OnChanged;

        public void Raise() => Changed?.Invoke(this, EventArgs.Empty);

        private sealed class Subscriber : Item
        {
            public void OnChanged(object? sender, EventArgs arguments) => GC.KeepAlive(this);
        }
    }

    private static class Registrations
    {
        private static readonly CancellationTokenSource _stop = new();

        public static void Add()
        {
            var item = new Item();
            _stop.Token.Register(() => GC.KeepAlive(item));
            _stop.Token.Register(new Waiter().Stop);
        }

        private sealed class Waiter : Item
        {
            public void Stop() => GC.KeepAlive(this);
        }
    }

    private static class Waits
    {
        private static readonly TaskCompletionSource _never = new();

        public static async Task WaitAsync()
        {
            var data = new byte[100];
            await _never.Task;
            GC.KeepAlive(data);
        }
    }

    private static class Closures
    {
        private static readonly List<Action> _actions = [];

        public static void Add()
        {
            var item = new Item();
            _actions.Add(() => GC.KeepAlive(item));
        }
    }

    // No object of it is made, so no object tells its type.
    private static class GenericCache<T>
    {
        private static readonly List<Item> _items = [];

        public static void Add() => _items.Add(new());
    }

    private sealed class LinkedItems : Item
    {
        private static LinkedItems? _head;
        private LinkedItems? _next;

        public static void Add() => _head = new LinkedItems { _next = _head };

        public override string ToString() => $"{_next}";
    }

    private static class Attached
    {
        private static readonly ConditionalWeakTable<object, Item> _items = [];
        private static readonly List<object> _keys = [];

        public static void Add()
        {
            _keys.Add(new object());
            _items.Add(_keys[^1], new Item());
        }
    }

    // One of the timers has a root of its own, which must not claim the others.
    private static class Timers
    {
        private static readonly Timer _own = new(_ => { }, null, TimeSpan.FromHours(1), TimeSpan.FromHours(1));

        public static void Add()
        {
            _ = new Ticking();
            _ = Task.Run(async () => await Task.Delay(TimeSpan.FromHours(1)));
            GC.KeepAlive(_own);
        }

#pragma warning disable CA1001 // Nobody disposes the timer, which calls, and so holds, the object that holds it.
        private sealed class Ticking : Item
        {
            private readonly Timer _timer;

            public Ticking() => _timer = new(OnTick, null, TimeSpan.FromHours(1), TimeSpan.FromHours(1));

            private void OnTick(object? state) => GC.KeepAlive(_timer);
        }
#pragma warning restore CA1001
    }

    // The array doubles, and stands still between.
    private static class Numbers
    {
        private static readonly List<Guid> _items = [];

        public static void Add() => _items.AddRange(new Guid[400]);
    }

    private static class Semaphored
    {
        private static readonly SemaphoreSlim _none = new(0);

        public static async Task WaitAsync()
        {
            var data = new byte[100];
            await _none.WaitAsync();
            GC.KeepAlive(data);
        }
    }

    private static class OfEachThread
    {
        private static readonly ThreadLocal<List<Item>> _items = new(() => []);

        public static void Add() => _items.Value!.Add(new());
    }

    private static class OfThread
    {
        [ThreadStatic]
        private static List<Item>? _items;

        public static void Add() => (_items ??= []).Add(new());
    }

    private sealed class OfHandle : Item
    {
        public static void Add() => GCHandle.Alloc(new OfHandle());
    }

    private static class Queued
    {
        private static readonly Channel<Item> _items = Channel.CreateUnbounded<Item>();

        public static void Add() => _items.Writer.TryWrite(new());
    }

    private sealed class Registry
    {
        private static readonly ServiceProvider _services = new ServiceCollection().AddSingleton<Registry>().BuildServiceProvider();
        private readonly List<Item> _items = [];

        public static Registry Shared => _services.GetRequiredService<Registry>();

        public void Add() => _items.Add(new());
    }
}
