using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Drills;

/// <summary>One drill from its start to its end: the answers, the time and the collateral.</summary>
/// <param name="drill">The cases.</param>
/// <param name="time">The clock.</param>
internal sealed class DrillRun(Drill drill, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly HashSet<CaseStudy> _found = [];
    private readonly long _start = time.GetTimestamp();
    private readonly DrillCollateral _collateral = new(time.GetUtcNow());
    private int _wrongGuesses;
    private TimeSpan? _elapsed;

    /// <summary>Whether it was solved or given up.</summary>
    public bool IsEnded
    {
        get
        {
            lock (_lock)
                return _elapsed is not null;
        }
    }

    /// <summary>Judges an answer. The last right one ends the drill.</summary>
    /// <exception cref="LabException">The answer names what there is not, or the drill has ended.</exception>
    public DrillVerdict Answer(DrillAnswer answer)
    {
        var chosen = DrillChoices.Require(answer);
        lock (_lock)
        {
            if (_elapsed is not null)
                throw new LabException("The drill has ended.");
            if (!drill.Cases.Contains(chosen) || DrillChoices.RootOf(chosen) != answer.Root)
            {
                _wrongGuesses++;
                return DrillVerdict.Wrong;
            }
            if (!_found.Add(chosen))
                return DrillVerdict.Repeated;
            if (_found.Count == drill.Cases.Count)
                _elapsed = time.GetElapsedTime(_start);
            return DrillVerdict.Right;
        }
    }

    /// <summary>Counts the collateral that a sample of an instance shows.</summary>
    public void Observe(LiveSample sample)
    {
        lock (_lock)
        {
            if (_elapsed is null)
                _collateral.Add(sample);
        }
    }

    /// <summary>Ends it unsolved; nothing if it has ended.</summary>
    public void GiveUp()
    {
        lock (_lock)
            _elapsed ??= time.GetElapsedTime(_start);
    }

    /// <summary>The drill now.</summary>
    public DrillView Read()
    {
        lock (_lock)
        {
            var elapsed = _elapsed ?? time.GetElapsedTime(_start);
            return new(
                _elapsed is null ? DrillState.On : DrillState.Ended, drill.Level, drill.Seed, drill.Cases.Count,
                [.. _found.Select(study => study.Id)], elapsed.TotalSeconds, _wrongGuesses, _collateral.Restarts, _collateral.Failures,
                _elapsed is null ? null : Result(elapsed));
        }
    }

    private DrillResult Result(TimeSpan elapsed)
    {
        var isSolved = _found.Count == drill.Cases.Count;
        var score = isSolved ? DrillScore.Of(elapsed, _wrongGuesses, _collateral.Restarts, _collateral.Failures) : 0;
        return new(isSolved, score, [.. drill.Cases.Select(study => new DrillSolution(
            study.Service, study.Id, DrillChoices.RootOf(study), study.RetentionPath, _found.Contains(study)))]);
    }
}
