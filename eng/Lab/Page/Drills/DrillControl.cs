using System.Globalization;
using Shop.Lab.Drills;

namespace Shop.Lab.Page.Drills;

/// <summary>The inputs of one browser tab; the drill itself belongs to all of them.</summary>
internal sealed class DrillControl(DrillSession session)
{
    private string _service = "";

    /// <summary>The level to start.</summary>
    public int Level { get; set; } = Drill.MinLevel;

    /// <summary>The seed to start with, as typed.</summary>
    public string Seed { get; set; } = DrillCommand.RandomSeed().ToString(CultureInfo.InvariantCulture);

    /// <summary>The service of the answer; another one has other cases and roots.</summary>
    public string Service
    {
        get => _service;
        set => (_service, Case, Root) = (value, "", "");
    }

    /// <summary>The case of the answer.</summary>
    public string Case { get; set; } = "";

    /// <summary>The root of the answer.</summary>
    public string Root { get; set; } = "";

    /// <summary>What the last command did; null if it failed.</summary>
    public string? Done { get; private set; }

    /// <summary>Why the last command changed nothing; null if it did.</summary>
    public string? Failure { get; private set; }

    /// <summary>Whether a command has not ended.</summary>
    public bool IsActing { get; private set; }

    /// <summary>Starts the drill.</summary>
    public Task StartAsync() => ActAsync(async () =>
    {
        if (!int.TryParse(Seed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed))
            throw new LabException("The seed is a whole number.");
        await session.StartAsync(Level, seed, CancellationToken.None);
        Service = "";
        return "";
    });

    /// <summary>Answers.</summary>
    public Task AnswerAsync() => ActAsync(async () =>
    {
        var verdict = await session.AnswerAsync(new(Service, Case, Root), CancellationToken.None);
        return DrillText.Of(verdict, session.Read());
    });

    /// <summary>Gives up, or ends the drill of a page that is no more.</summary>
    public Task EndAsync() => ActAsync(async () =>
    {
        await session.EndAsync(CancellationToken.None);
        return "The drill has ended.";
    });

    private async Task ActAsync(Func<Task<string>> act)
    {
        (IsActing, Done, Failure) = (true, null, null);
        try
        {
            Done = await act();
        }
        catch (LabException exception)
        {
            Failure = exception.Message;
        }
        finally
        {
            IsActing = false;
        }
    }
}
