using Microsoft.Extensions.Time.Testing;
using Shop.Lab.Page.Live;
using Shop.ServiceDefaults.Cases;

namespace Shop.Tests.Lab.Page;

[Part(Part.Quick)]
public sealed class LiveHistoryTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _time = new(Start);

    [Fact]
    public void AnInstanceKeepsItsLastTenMinutesAndNoMore()
    {
        var instance = new InstanceHistory("one");
        for (var second = 0; second < 2 * InstanceHistory.MaxPoints; second++)
            instance.Add(Sample(second));

        Assert.Equal(InstanceHistory.MaxPoints, instance.Points.Count);
        Assert.Equal(Start.AddSeconds(InstanceHistory.MaxPoints), instance.Points[0].Sample.Time);
    }

    [Fact]
    public void RatesAreThoseSinceTheSampleBefore()
    {
        var instance = new InstanceHistory("one");
        instance.Add(Sample(0));
        instance.Add(Sample(2) with
        {
            AllocatedBytes = 3_000, PausedSeconds = 0.1, CpuSeconds = 1, Requests = 40, Failures = 4, Collections = [9, 4, 1],
        });

        Assert.Null(instance.Points[0].RequestsPerSecond);
        var point = instance.Points[1];
        Assert.Equal((1_500, 0.5, 20, 2), (point.AllocatedPerSecond, point.CpuCores, point.RequestsPerSecond, point.FailuresPerSecond));
        Assert.Equal(5, point.PauseShare!.Value, precision: 6);
        // A full collection is one of all generations.
        Assert.Equal([5, 3, 1], point.Collections!);
    }

    /// <summary>The totals of a new process begin at 0: a difference would be negative.</summary>
    [Fact]
    public void ARestartIsMarkedAndHasNoRate()
    {
        var instance = new InstanceHistory("one");
        instance.Add(Sample(0) with { Requests = 100 });
        instance.Add(Sample(1) with { Started = Start.AddSeconds(1), ProcessId = 7 });

        Assert.Null(instance.Points[1].RequestsPerSecond);
        Assert.Equal("restarted, process 7", Assert.Single(instance.Marks).Text);
    }

    [Fact]
    public void FlipsResetsTripsAndCollectionsAreMarkedOnce()
    {
        var instance = new InstanceHistory("one");
        var leaky = Sample(1) with { Collects = 1, Cases = [new("A", "Leaky", 5, Tripped: true, Resets: 0)] };
        instance.Add(Sample(0) with { Cases = [new("A", "Fixed", 0, Tripped: false, Resets: 0)] });
        instance.Add(leaky);
        instance.Add(leaky with { Time = Start.AddSeconds(2) });
        instance.Add(leaky with { Time = Start.AddSeconds(3), Cases = [new("A", "Leaky", 0, Tripped: false, Resets: 1)] });

        Assert.Equal(["A Leaky", "A: its fuse tripped", "garbage collected", "A reset"], instance.Marks.Select(mark => mark.Text));
    }

    /// <summary>The case that was Leaky is among all that change their variants when a drill begins or ends.</summary>
    [Fact]
    public void ADrillIsMarkedWithoutItsCases()
    {
        var instance = new InstanceHistory("one");
        CaseSample[] cases = [new("A", "Fixed", 0, Tripped: false, Resets: 0), new("B", "Fixed", 0, Tripped: false, Resets: 0)];
        var visible = Sample(0) with { Cases = cases };
        instance.Add(visible);
        instance.Add(Sample(1) with
        {
            Cases = [.. cases.Select(state => state with { Variant = CaseSample.Hidden, HeldItems = null })],
        });
        instance.Add(visible with { Time = Start.AddSeconds(2) });

        Assert.Equal(["drill started", "drill ended"], instance.Marks.Select(mark => mark.Text));
    }

    [Fact]
    public void AnInstanceIsFollowedOnceAndGoesOnWhereItEnded()
    {
        var service = new ServiceHistory("documents", _time);
        var first = service.Connect("one")!;
        first.Add(Sample(0));
        Assert.Null(service.Connect("one"));

        service.Disconnect(first);
        service.Missed("gone");
        Assert.Equal("gone", service.Away);
        Assert.Same(first, service.Connect("one"));
        Assert.Null(service.Away);
        Assert.Single(service.Connect("one") is null ? first.Points : []);
    }

    [Fact]
    public void AServiceIsNotAwayWhileOneOfItsReplicasAnswers()
    {
        var service = new ServiceHistory("documents", _time);
        service.Connect("one");
        service.Disconnect(service.Connect("two")!);
        service.Missed("two has ended");

        Assert.Null(service.Away);
        Assert.Equal(["one", "two"], service.Instances.Select(instance => instance.Name));
    }

    [Fact]
    public void AnInstanceThatEndedTenMinutesAgoIsForgotten()
    {
        var service = new ServiceHistory("documents", _time);
        var ended = service.Connect("one")!;
        ended.Add(Sample(0));
        service.Disconnect(ended);
        _time.Advance(TimeSpan.FromSeconds(InstanceHistory.MaxPoints + 1));
        service.Disconnect(service.Connect("two")!);

        Assert.Equal("two", Assert.Single(service.Instances).Name);
    }

    private static LiveSample Sample(int second)
        => new("one", 1, Start, Start.AddSeconds(second), null, [0, 0, 0, 0, 0], 0, 0, [0, 0, 0], 0, 0, 0, 0, null, null, 0, []);
}
