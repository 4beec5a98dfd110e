KPL/MK

   Kernels of the simulated encounter.  PATH_VALUES is relative to this file.

   \begindata

      PATH_VALUES     = ( '.' )
      PATH_SYMBOLS    = ( 'KERNELS' )
      KERNELS_TO_LOAD = (
         '$KERNELS/leap_seconds.tls'
         '$KERNELS/juno_clock_2023212.tsc'
         '$KERNELS/io_jupiter_sun.tpc'
         '$KERNELS/juno_v12_jiram_frames.tf'
         '$KERNELS/juno_jiram_v02_equivalent.ti'
         '$KERNELS/jupiter_sun_2023212.bsp'
         '$KERNELS/juno_io_pj53.bsp'
         '$KERNELS/juno_sc_pj53.bc'
      )

   \begintext
