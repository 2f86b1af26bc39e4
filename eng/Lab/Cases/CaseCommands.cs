using System.CommandLine;
using Shop.ServiceDefaults.Cases;
using Spectre.Console;

namespace Shop.Lab.Cases;

/// <summary>The commands on cases, through the services' lab routes: <c>cases</c>, <c>switch</c>, <c>reset</c>, <c>collect</c>.</summary>
internal static class CaseCommands
{
    public static Command List()
    {
        var markdown = new Option<bool>("--markdown") { Description = "Prints the facts of the READMEs instead; needs no running Shop" };
        var write = new Option<bool>("--write") { Description = "With --markdown: writes the facts into the READMEs" };
        var command = new Command("cases", "Lists the cases with their variants and what they hold.") { markdown, write };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(write) && !parsed.GetValue(markdown))
                parsed.AddError("--write needs --markdown.");
        });
        SetAction(command, async (_, lab, cancellation) =>
        {
            var table = new Table().RoundedBorder().AddColumns("case", "service", "variant", "of", "held items", "fuse", "instance");
            foreach (var service in CaseStudies.All.Select(study => study.Service).Distinct())
            {
                foreach (var state in await lab.ReadAsync(service, cancellation))
                    AddRow(table, service, state);
            }
            AnsiConsole.Write(table);
        }, withoutShop: parsed => parsed.GetValue(markdown) ? () => ReadmeFacts.Publish(parsed.GetValue(write)) : null);
        return command;
    }

    public static Command Switch()
    {
        var study = CaseArgument();
        var variant = new Argument<string>("variant");
        variant.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, [.. CaseVariants.All.Select(CaseVariants.Name)]);
        var command = new Command("switch", "Switches a case to a variant, in every replica.") { study, variant };
        SetAction(command, async (parsed, lab, cancellation) =>
        {
            var chosen = Find(parsed.GetRequiredValue(study));
            var state = await lab.SwitchAsync(chosen.Service, chosen.Id, parsed.GetRequiredValue(variant), cancellation);
            Console.WriteLine($"{state.Case} is {state.Variant} now; it holds {state.HeldItems} items.");
        });
        return command;
    }

    public static Command Reset()
    {
        var study = CaseArgument();
        var command = new Command("reset", "Clears what a case holds, in every replica.") { study };
        SetAction(command, async (parsed, lab, cancellation) =>
        {
            var chosen = Find(parsed.GetRequiredValue(study));
            var result = await lab.ResetAsync(chosen.Service, chosen.Id, cancellation);
            Console.WriteLine($"{result.Case} was reset: it held {result.HeldItemsBefore} items, now {result.HeldItemsAfter}.");
        });
        return command;
    }

    public static Command Collect()
    {
        var service = new Argument<string>("service");
        service.AcceptOnlyFromAmong([.. ShopAddresses.Names]);
        var command = new Command("collect", "Collects a service's garbage, all generations, compacting.") { service };
        SetAction(command, async (parsed, lab, cancellation) =>
        {
            var result = await lab.CollectAsync(parsed.GetRequiredValue(service), cancellation);
            var (before, after) = (Megabytes(result.HeapBytesBefore), Megabytes(result.HeapBytesAfter));
            Console.WriteLine(FormattableString.Invariant($"{result.Instance}: heap {before:F1} MB before, {after:F1} MB after."));
        });
        return command;
    }

    /// <summary>
    /// Adds the key and the addresses to a command and gives its action a client with them, unless the command has something to do
    /// without the Shop.
    /// </summary>
    private static void SetAction(
        Command command, Func<ParseResult, LabClient, CancellationToken, Task> action, Func<ParseResult, Action?>? withoutShop = null)
    {
        var key = LabKey.AddOption(command);
        var addresses = ShopAddresses.AddOptions(command);
        command.SetCancellableAction(async (parsed, cancellation) =>
        {
            if (withoutShop?.Invoke(parsed) is { } act)
            {
                act();
                return CommandLine.Done;
            }
            using var lab = new LabClient(addresses(parsed), key(parsed));
            await action(parsed, lab, cancellation);
            return CommandLine.Done;
        });
    }

    private static Argument<string> CaseArgument()
    {
        var study = new Argument<string>("case");
        study.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase,
            [.. CaseStudies.All.Where(study => study.Variants.Count > 0).Select(study => study.Id)]);
        return study;
    }

    private static CaseStudy Find(string id) => CaseStudies.All.First(study => study.Id.Equals(id, StringComparison.OrdinalIgnoreCase));

    private static void AddRow(Table table, string service, CaseState state)
        => table.AddRow(
            Markup.Escape(state.Case), service, state.Variant, string.Join(" ", Find(state.Case).Variants.Select(CaseVariants.Name)),
            FormattableString.Invariant($"{state.HeldItems:N0}"), FormattableString.Invariant($"{state.FuseItems:N0}{(state.Tripped ? " tripped" : "")}"), Markup.Escape(state.Instance));

    private static double Megabytes(long bytes) => bytes / (1024.0 * 1024.0);
}
