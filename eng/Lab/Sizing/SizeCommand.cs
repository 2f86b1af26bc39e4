using System.CommandLine;
using System.Runtime.InteropServices;
using Shop.Lab.Cases;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Caching;

namespace Shop.Lab.Sizing;

/// <summary>
/// The command <c>size</c>: records what a cache of the running Shop is asked for, and finds the size that it needs. Keys leave the service
/// as hashes.
/// </summary>
internal static class SizeCommand
{
    private const int MinRequests = 100;
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DefaultDuration = TimeSpan.FromMinutes(1);

    public static Command Create()
    {
        var study = new Argument<string>("case") { Description = "A case whose Fixed is a cache" };
        study.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, [.. SizedCase.All.Select(sized => sized.CaseId)]);
        var duration = CheckedOption.Create<TimeSpan>(
            "--duration", $"How long to record; {Durations.Show(DefaultDuration)} if not set", $"{Durations.Format} and not zero",
            (text, out value) => Durations.TryParse(text, out value) && value > TimeSpan.Zero);
        duration.DefaultValueFactory = _ => DefaultDuration;
        var budget = Megabytes("--budget", "The memory that the cache may take, in MB", 64);
        var memory = Megabytes("--memory", "The memory of the container, in MB, for the article's method", 384);
        var command = new Command("size", "Records what a cache of the running shop is asked for, and finds the size that it needs.")
        {
            study, duration, budget, memory,
        };
        var (key, addresses) = (LabKey.AddOption(command), ShopAddresses.AddOptions(command));
        command.SetCancellableAction(async (parsed, stop) =>
        {
            using var lab = new LabClient(addresses(parsed), key(parsed));
            var sized = SizedCase.Find(parsed.GetRequiredValue(study));
            var (cache, hashes) = await RecordAsync(lab, sized, parsed.GetRequiredValue(duration), stop);
            var (budgetBytes, memoryBytes) = (Bytes(parsed.GetRequiredValue(budget)), Bytes(parsed.GetRequiredValue(memory)));
            SizeTable.Write(sized, cache, SizeReport.Of(hashes, sized.EntryBytes(cache), budgetBytes, memoryBytes));
            return CommandLine.Done;
        });
        return command;
    }

    private static async Task<(CacheState Cache, uint[] Hashes)> RecordAsync(
        LabClient lab, SizedCase sized, TimeSpan duration, CancellationToken stop)
    {
        var service = sized.Study.Service;
        await lab.StartTraceAsync(service, sized.Cache, CacheTrace.MaxRequests, stop);
        try
        {
            Console.WriteLine($"Recording the requests of {sized.CaseId} for {Durations.Show(duration)} …");
            var cache = await WaitAsync(lab, sized, duration, stop);
            var hashes = MemoryMarshal.Cast<byte, uint>(await lab.ReadTraceAsync(service, sized.Cache, stop)).ToArray();
            return hashes.Length >= MinRequests ? (cache, hashes) : throw new LabException(
                $"Only {hashes.Length} requests of {sized.CaseId} in {Durations.Show(duration)}. Is the load on, and the case Fixed?");
        }
        finally
        {
            await lab.EndTraceAsync(service, sized.Cache, CancellationToken.None);
        }
    }

    private static async Task<CacheState> WaitAsync(LabClient lab, SizedCase sized, TimeSpan duration, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(ReadEvery);
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            await timer.WaitForNextTickAsync(stop);
            var caches = await lab.ReadCachesAsync(sized.Study.Service, stop);
            var cache = caches.Single(cache => cache.Name == sized.Cache);
            if (cache.IsFull || TimeProvider.System.GetElapsedTime(started) >= duration)
                return cache;
        }
    }

    private static long Bytes(int megabytes) => megabytes * 1024L * 1024L;

    private static Option<int> Megabytes(string name, string description, int @default)
    {
        var option = CheckedOption.Create<int>(
            name, $"{description}; {@default} if not set", "a number from 1 to 1000000",
            (text, out value) => int.TryParse(text, out value) && value is >= 1 and <= 1_000_000);
        option.DefaultValueFactory = _ => @default;
        return option;
    }
}
