namespace Shop.Tests.Analyzers;

/// <summary>Events and their ends: SHOP1004 to 1006.</summary>
public sealed class SubscriptionRuleTests
{
    private const string Bus = """

        class Bus { public event EventHandler? Rung; public void Ring() => Rung?.Invoke(this, EventArgs.Empty); }
        static class Clock { public static event EventHandler? Struck; public static void Go() => Struck?.Invoke(null, EventArgs.Empty); }
        static class Registration { static void Add(IServiceCollection services) => services.AddSingleton<Bus>(); }
        """;

    public static TheoryData<string> Found =>
    [
        "class C { int _n; public C(Bus bus) => {|SHOP1004:bus.Rung += OnRung|}; void OnRung(object? s, EventArgs e) => _n++; }",
        "class C { int _n; public C() => {|SHOP1004:Clock.Struck += (_, _) => _n++|}; }",
        "class C(Bus bus) { public void M() => {|SHOP1004:bus.Rung += On|}; void On(object? s, EventArgs e) => GetHashCode(); }",
        """
        class C : IDisposable
        {
            int _n;
            public C() => {|SHOP1004:Clock.Struck += (_, _) => _n++|};
            public void Dispose() => Clock.Struck -= (_, _) => _n++;
        }
        """,
        """
        class C : IDisposable
        {
            readonly Bus _bus;
            public C(Bus bus) { _bus = bus; {|SHOP1005:bus.Rung += On|}; }
            public void Dispose() => _bus.Rung -= On;
            void On(object? s, EventArgs e) => GetHashCode();
        }
        static class R { static void Add(IServiceCollection services) => services.AddScoped<C>(); }
        """,
        """
        class C(Bus bus)
        {
            public async Task M(Task t) { bus.Rung += On; await t; {|SHOP1006:bus.Rung -= On|}; }
            void On(object? s, EventArgs e) => GetHashCode();
        }
        """,
        """
        interface IHub { void Subscribe(object o); void Unsubscribe(object o); }
        class C(IHub hub) { public async Task M(object o, Task t) { hub.Subscribe(o); await t; {|SHOP1006:hub.Unsubscribe(o)|}; } }
        """,
        """
        class C(Bus bus)
        {
            public async Task M(Task t)
            {
                bus.Rung += On;
                try { await t; } catch (Exception e) { Console.WriteLine(e); throw; }
                {|SHOP1006:bus.Rung -= On|};
            }
            void On(object? s, EventArgs e) => GetHashCode();
        }
        """,
        """
        class C(Bus bus)
        {
            public async Task M(Task t)
            {
                bus.Rung += On;
                try { await t; } catch (IOException e) { Console.WriteLine(e); }
                {|SHOP1006:bus.Rung -= On|};
            }
            void On(object? s, EventArgs e) => GetHashCode();
        }
        """,
    ];

    public static TheoryData<string> NotFound =>
    [
        "class C { public C(Bus bus) => bus.Rung += On; static void On(object? s, EventArgs e) { } }",
        "class C { public C() => Clock.Struck += (_, _) => Console.WriteLine(); }",
        """
        class C : IDisposable
        {
            public C() => Clock.Struck += On;
            public void Dispose() => Clock.Struck -= On;
            void On(object? s, EventArgs e) => GetHashCode();
        }
        """,
        """
        class C { public C(Bus bus) => bus.Rung += On; void On(object? s, EventArgs e) => GetHashCode(); }
        static class R { static void Add(IServiceCollection services) => services.AddSingleton<C>(); }
        """,
        "class C { readonly Bus _own; int _n; public C() { _own = new(); _own.Rung += (_, _) => _n++; } }",
        "class Other { public event Action? E; public void F() => E?.Invoke(); } "
            + "class C { int _n; public C(Other other) => other.E += () => _n++; }",
        """
        class C(Bus bus)
        {
            public async Task M(Task t) { bus.Rung += On; try { await t; } finally { bus.Rung -= On; } }
            void On(object? s, EventArgs e) => GetHashCode();
        }
        """,
        """
        interface IHub { void Subscribe(object o); void Unsubscribe(object o); }
        class C(IHub hub) { public void M(object o) { hub.Unsubscribe(o); hub.Subscribe(o); } }
        """,
        """
        class C(Bus bus)
        {
            public async Task M(Task t)
            {
                bus.Rung += On;
                try { await t; } catch (IOException) { } catch (Exception e) { Console.WriteLine(e); }
                bus.Rung -= On;
            }
            void On(object? s, EventArgs e) => GetHashCode();
        }
        """,
        """
        class C
        {
            public async Task M(Task t) { var own = new Bus(); own.Rung += On; await t; own.Rung -= On; }
            void On(object? s, EventArgs e) => GetHashCode();
        }
        """,
    ];

    [Theory, MemberData(nameof(Found))]
    public Task WhatStaysSubscribedIsFound(string code) => AnalyzerCheck.VerifyAsync(code + Bus);

    [Theory, MemberData(nameof(NotFound))]
    public Task WhatLeavesOrEndsTogetherIsNot(string code) => AnalyzerCheck.VerifyAsync(code + Bus);
}
