using Shop.ServiceDefaults.Cases;

namespace Shop.Documents.FileWatchers;

/// <summary>A file provider for each request, whose watch is kept.</summary>
internal sealed class FileWatchersCase : ICase
{
    public static CaseStudy Study { get; } = new()
    {
        Id = "FileWatchers",
        Service = "documents",
        Summary = "a file provider for each request, whose watch is kept: after 128 of them no process of the user can watch a file",
        Article = new("Memory Management and Patterns in ASP.NET Core", "Native memory",
            "a provider that is dropped and not disposed: memory increases with each request; without figures of its own"),
        FedBy = "GET /documents/{id}",
        // Far below the 128 of the user, who has other processes, and the fuse is tested once a second only.
        Evidence = new Handles(HandleResource.InotifyInstances, PerOperation: 1, MaxHandles: 50),
    };

    public static void Register(CaseBuilder @case)
    {
        @case.Services.AddSingleton<TitleTemplates>();
        @case.Services.AddHostedService<FileWatchersMetrics>();
        @case.Variants<IFileWatchers, LeakyFileWatchers, FixedFileWatchers>();
    }
}
