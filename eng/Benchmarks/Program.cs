using BenchmarkDotNet.Running;
using Shop.Benchmarks;

if (args is ["hitrates"])
    HitRates.Print();
else
    BenchmarkSwitcher.FromAssembly(typeof(GetOrAddBenchmark).Assembly).Run(args);
