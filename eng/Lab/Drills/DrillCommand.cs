using System.CommandLine;
using System.Security.Cryptography;

namespace Shop.Lab.Drills;

/// <summary>The command <c>drill</c>: starts, answers, shows and ends the drill of the Lab's page.</summary>
internal static class DrillCommand
{
    private const int MaxSeed = 10_000;

    public static Command Create()
        => new("drill", "One or two cases become Leaky, and nothing says which: find service, case and root.")
        {
            Start(), Answer(), Status(), End(),
        };

    /// <summary>A seed to propose: short enough to tell a team.</summary>
    public static int RandomSeed() => RandomNumberGenerator.GetInt32(1, MaxSeed);

    private static Command Start()
    {
        var level = new Option<int>("--level")
        {
            Description = "1: one Retained case; 2: any kind; 3: two at once",
            DefaultValueFactory = _ => Drill.MinLevel,
        };
        var seed = new Option<int?>("--seed") { Description = "Gives the same drill each time; default: a random one" };
        var command = new Command("start", "Starts a drill; every case must be Fixed.") { level, seed };
        SetAction(command, async (parsed, page, cancellation) =>
        {
            Write(await page.StartAsync(parsed.GetValue(level), parsed.GetValue(seed) ?? RandomSeed(), cancellation));
            return CommandLine.Done;
        });
        return command;
    }

    private static Command Answer()
    {
        var service = new Argument<string>("service");
        service.AcceptOnlyFromAmong([.. ShopAddresses.Names]);
        var study = new Argument<string>("case");
        var root = new Argument<string>("root")
        {
            Description = $"In quotes; {DrillChoices.NoRoot} if nothing is retained. The message of a wrong one lists them",
        };
        var command = new Command("answer", "Answers. Exit code 0: right; 1: wrong; 2: there is no such choice.") { service, study, root };
        SetAction(command, async (parsed, page, cancellation) =>
        {
            var answer = new DrillAnswer(parsed.GetValue(service), parsed.GetValue(study), parsed.GetValue(root));
            DrillChoices.Require(answer);
            var reply = await page.AnswerAsync(answer, cancellation);
            Console.WriteLine(DrillText.Of(reply.Verdict, reply.Drill));
            Write(reply.Drill);
            return reply.Verdict == DrillVerdict.Wrong ? CommandLine.Failed : CommandLine.Done;
        });
        return command;
    }

    private static Command Status()
    {
        var command = new Command("status", "Shows the drill.");
        SetAction(command, async (_, page, cancellation) =>
        {
            Write(await page.ReadAsync(cancellation));
            return CommandLine.Done;
        });
        return command;
    }

    private static Command End()
    {
        var command = new Command("end", "Gives up, and ends whatever drill the services are in.");
        SetAction(command, async (_, page, cancellation) =>
        {
            Write(await page.EndAsync(cancellation));
            return CommandLine.Done;
        });
        return command;
    }

    private static void SetAction(Command command, Func<ParseResult, DrillClient, CancellationToken, Task<int>> action)
    {
        var key = LabKey.AddOption(command);
        var address = PageAddress.AddOption(command);
        command.SetCancellableAction(async (parsed, cancellation) =>
        {
            using var page = new DrillClient(address(parsed), key(parsed));
            return await action(parsed, page, cancellation);
        });
    }

    private static void Write(DrillView drill)
    {
        foreach (var line in DrillText.Lines(drill))
            Console.WriteLine(line);
    }
}
