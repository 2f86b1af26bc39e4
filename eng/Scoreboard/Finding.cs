using System.Globalization;
using Microsoft.CodeAnalysis;
using Shop.Lab;

namespace Shop.Scoreboard;

/// <summary>What an analyzer found in a file of the repository.</summary>
/// <param name="Rule">The id of the rule.</param>
/// <param name="Path">The file, relative to the repository.</param>
/// <param name="Line">The first line, from 1.</param>
/// <param name="LastLine">The last line.</param>
/// <param name="IsSuppressed">The source says why it stays.</param>
/// <param name="Message">What was found.</param>
internal sealed record Finding(string Rule, string Path, int Line, int LastLine, bool IsSuppressed, string Message)
{
    public static Finding Of(Diagnostic diagnostic)
    {
        var span = diagnostic.Location.GetLineSpan();
        return new(diagnostic.Id, System.IO.Path.GetRelativePath(Repository.Folder, span.Path), span.StartLinePosition.Line + 1,
            span.EndLinePosition.Line + 1, diagnostic.IsSuppressed, diagnostic.GetMessage(CultureInfo.InvariantCulture));
    }
}
