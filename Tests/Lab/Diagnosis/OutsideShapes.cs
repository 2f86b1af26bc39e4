using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.InteropServices;

namespace Shop.Tests.Lab.Diagnosis;

/// <summary>What makes a process grow beside its managed heap.</summary>
internal static class OutsideShapes
{
    private static readonly List<NativeHandle> _handles = [];

    /// <summary>Adds to each.</summary>
    public static void Add()
    {
        for (var assembly = 0; assembly < 5; assembly++)
            DefineAssembly();
        for (var handle = 0; handle < 100; handle++)
            _handles.Add(new());
        for (var item = 0; item < 100; item++)
            _ = new Blocking();
    }

    private static void DefineAssembly()
    {
        var assembly = AssemblyBuilder.DefineDynamicAssembly(new($"Made{Guid.NewGuid():N}"), AssemblyBuilderAccess.Run);
        assembly.DefineDynamicModule("Module").DefineType("Type").CreateType();
    }

    private sealed class NativeHandle : SafeHandle
    {
        private static readonly byte[] _content = new byte[1 << 16];

        public NativeHandle()
            : base(0, ownsHandle: true)
        {
            SetHandle(Marshal.AllocHGlobal(_content.Length));
            // Memory that was never written is not resident.
            Marshal.Copy(_content, 0, handle, _content.Length);
        }

        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            Marshal.FreeHGlobal(handle);
            return true;
        }
    }

    private sealed class Blocking
    {
        private static readonly ManualResetEventSlim _never = new();
        private readonly byte[] _data = new byte[100];

        ~Blocking()
        {
            _never.Wait();
            GC.KeepAlive(_data);
        }
    }
}
