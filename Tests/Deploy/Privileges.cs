using k8s.Models;

namespace Shop.Tests.Deploy;

/// <summary>What a pod may do.</summary>
internal static class Privileges
{
    /// <summary>Asserts that a pod has no privileges, nor a file system that it can write; returns its container.</summary>
    public static V1Container AssertNone(V1PodSpec pod)
    {
        var container = Assert.Single(pod.Containers);
        Assert.True(pod.SecurityContext.RunAsNonRoot);
        Assert.Equal("RuntimeDefault", pod.SecurityContext.SeccompProfile.Type);
        Assert.False(pod.AutomountServiceAccountToken);
        Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
        Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
        Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
        return container;
    }
}
